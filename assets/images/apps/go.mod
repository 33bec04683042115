module rempart/apps

go 1.26
